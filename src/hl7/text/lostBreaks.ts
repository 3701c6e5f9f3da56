import { isHeaderName } from '../codec/delimiters.ts';
import { parse } from '../codec/parse.ts';
import type { Change } from '../edit/edit.ts';

/** Segments common enough that their name before a separator is hardly ever data. Z segments count as well. */
const NAMES =
  'MSH|MSA|ERR|SFT|EVN|PID|PD1|NK1|PV1|PV2|MRG|ROL|ARV|DB1|OBR|OBX|ORC|NTE|SPM|SAC|TQ1|TQ2|AL1|IAM|DG1|DRG|PR1|GT1|IN1|IN2|IN3|ACC|UB1|UB2|FT1|BLG|CTD|CTI|DSC|DSP|QRD|QRF|QPD|QAK|RCP|RXA|RXC|RXD|RXE|RXG|RXO|RXR|SCH|RGS|AIS|AIG|AIL|AIP|TXA|PRD|RF1|AUT|PRB|GOL|PTH|VAR|CON|STF|PRA|MFI|MFE|BHS|BTS|FHS|FTS|Z[A-Z0-9]{2}';

/** A line end that was written out (`\r`, as in JSON), a blank in its place, or nothing; then the name. */
const LOST_BREAK = new RegExp(`(\\\\r\\\\n|\\\\r|\\\\n|[ \\t])?(?:${NAMES})(?=[\\p{P}\\p{S}])`, 'gu');

/**
 * Where text seems to have lost its line breaks: a segment name in mid-line, before the separator in use and not
 * right behind a delimiter. For an offer to split, never for a silent repair (hl7.md 5.6).
 *
 * @returns the changes that put the breaks back; none if nothing seems lost
 */
export function findLostBreaks(text: string): Change[] {
  const changes: Change[] = [];
  const { segments } = parse(text);
  for (const { wire, start, delimiters } of segments) {
    const separators = [
      delimiters.field,
      delimiters.component,
      delimiters.repetition,
      delimiters.subcomponent,
    ];
    for (const { 0: found, 1: lost = '', index: from } of wire.matchAll(LOST_BREAK)) {
      if (from === 0 || separators.includes(wire[from - 1])) continue;
      // Glued to what is before, only a text of one line is suspicious: RAPID ends in a segment's name as well.
      if (lost === '' && segments.length > 1) continue;
      const name = found.slice(lost.length);
      if (!isHeaderName(name) && wire[from + found.length] !== delimiters.field) continue;
      changes.push({ from: start + from, to: start + from + lost.length, insert: '\r' });
    }
  }
  return changes;
}
