/** Bytes handed to IndexedDB and localStorage while `work` goes on: ours exactly, those of live objects as an estimate. */
export async function bytesWrittenDuring(work: () => Promise<void>): Promise<number> {
  const { add, put } = IDBObjectStore.prototype;
  const { setItem } = Storage.prototype;
  let bytes = 0;
  IDBObjectStore.prototype.add = function (this: IDBObjectStore, ...args: Parameters<typeof add>) {
    bytes += sizeOf(args[0]);
    return add.apply(this, args);
  };
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args: Parameters<typeof put>) {
    bytes += sizeOf(args[0]);
    return put.apply(this, args);
  };
  Storage.prototype.setItem = function (this: Storage, ...args: Parameters<typeof setItem>) {
    bytes += args[1].length;
    return setItem.apply(this, args);
  };
  try {
    await work();
  } finally {
    Object.assign(IDBObjectStore.prototype, { add, put });
    Storage.prototype.setItem = setItem;
  }
  return bytes;
}

/** As the structured clone writes it, roughly: one byte a character, two where a text goes beyond Latin-1. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return /[\u0100-\uffff]/.test(value) ? 2 * value.length : value.length;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== 'object' || value === null) return 8;
  return Object.entries(value).reduce((sum, [key, member]) => sum + key.length + sizeOf(member), 0);
}
