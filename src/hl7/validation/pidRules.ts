import { decode } from '../codec/escape.ts';
import type { Segment } from '../codec/parse.ts';
import { isNull } from '../codec/read.ts';
import { findPlaceholders } from '../variables/placeholder.ts';
import { isHl7Date } from './date.ts';
import { componentOf, isFirstComponentMissing, isMissing } from './presence.ts';
import type { Found } from './rule.ts';

/** What each PID must say about the patient. */
export function* pidRules(pid: Segment): Generator<Found> {
  if (isFirstComponentMissing(pid, 3)) {
    yield {
      code: 'MISSING_PID_3',
      field: 3,
      message: 'The patient has no identifier. Enter one as the first component.',
    };
  }
  if (isFirstComponentMissing(pid, 5)) {
    yield {
      code: 'MISSING_PID_5_1',
      field: 5,
      message: 'The patient has no family name. Enter it as the first component.',
    };
  }
  const birth = componentOf(pid, 7, 1);
  if (!birth || isMissing(birth) || isNull(birth.wire) || findPlaceholders(birth.wire).length > 0) return;
  if (!isHl7Date(decode(birth.wire, birth.delimiters))) {
    yield {
      code: 'INVALID_PID_7',
      field: 7,
      message: 'The date of birth is not a date. Write it as YYYYMMDD.',
    };
  }
}
