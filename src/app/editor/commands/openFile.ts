/** Larger files are refused before they are read: no HL7 message is that long, and the page would stall. */
export const LARGEST_FILE_BYTES = 50_000_000;

export type FileText =
  | { readonly kind: 'text'; readonly text: string; readonly encoding: 'utf-8' | 'windows-1252' }
  | { readonly kind: 'tooLarge' | 'notText' | 'unreadable' };

/** Reads a file as text: UTF-8, else Windows-1252, which older systems write. Never guesses at binary data. */
export async function readTextFile(file: File): Promise<FileText> {
  if (file.size > LARGEST_FILE_BYTES) return { kind: 'tooLarge' };
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return { kind: 'unreadable' };
  }
  if (bytes.includes(0)) return { kind: 'notText' };
  try {
    // The mark is left on: what was taken off is to be told, by the one function that takes it off.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { kind: 'text', text, encoding: 'utf-8' };
  } catch {
    return { kind: 'text', text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' };
  }
}
