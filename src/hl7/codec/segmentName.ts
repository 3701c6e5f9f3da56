/** Whether a segment may be called this: an upper-case letter and two upper-case letters or digits (hl7.md 5.2). */
export function isSegmentName(name: string): boolean {
  return /^[A-Z][A-Z0-9]{2}$/.test(name);
}
