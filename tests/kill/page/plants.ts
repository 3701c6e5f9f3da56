/** How long the transaction goes on after it was called saved: a slow disk, so that a kill falls into the gap. */
const SLOW_DISK_MS = 150;

/**
 * Plants the oldest fault of the field (F19): a write counts as saved on the `success` of its last request, while its
 * transaction is not yet complete. A harness that does not notice this proves nothing.
 */
export function acknowledgeOnSuccess(): void {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (
    this: IDBObjectStore,
    ...args: [value: unknown, key?: IDBValidKey]
  ) {
    const request = put.apply(this, args);
    if (this.name !== 'head') return request;
    request.addEventListener('success', () => {
      this.transaction.dispatchEvent(new Event('complete'));
      holdOpen(this, performance.now() + SLOW_DISK_MS);
    });
    return request;
  };
}

function holdOpen(store: IDBObjectStore, until: number): void {
  if (performance.now() > until) return;
  store.count().onsuccess = () => holdOpen(store, until);
}
