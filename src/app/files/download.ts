/** Hands a file to the person's own downloads; nothing leaves the machine. File names never carry content. */
export function download(name: string, content: Uint8Array | string, type: string): void {
  const part = typeof content === 'string' ? content : new Uint8Array(content);
  const url = URL.createObjectURL(new Blob([part], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Chromium reads the URL after the click has returned.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** `prefix-2026-11-23.json`, with the person's own day. */
export function datedName(prefix: string, extension: string, now: Date): string {
  const month = String(now.getMonth() + 1).padStart(2, '0');
  const day = String(now.getDate()).padStart(2, '0');
  return `${prefix}-${now.getFullYear()}-${month}-${day}.${extension}`;
}
