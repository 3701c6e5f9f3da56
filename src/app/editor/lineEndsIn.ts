export type LineEndKind = 'none' | 'cr' | 'lf' | 'crlf' | 'mixed';

/** Which line ends a text has. */
export function lineEndsIn(text: string): LineEndKind {
  const found: LineEndKind[] = [];
  if (text.includes('\r\n')) found.push('crlf');
  if (/\r(?!\n)/.test(text)) found.push('cr');
  if (/(?<!\r)\n/.test(text)) found.push('lf');
  if (found.length > 1) return 'mixed';
  return found[0] ?? 'none';
}
