import { decode } from '../codec/escape.ts';
import { isHeader, type Segment } from '../codec/parse.ts';
import { childrenOf, fieldsOf, isDivided, type Part } from '../codec/parts.ts';
import { isNull } from '../codec/read.ts';
import { isSegmentName } from '../codec/segmentName.ts';
import type { Dictionary, FieldInfo } from '../dictionary/dictionary.ts';
import type { Tables } from '../dictionary/load.ts';
import { findPlaceholders } from '../variables/placeholder.ts';
import { fieldOf, isMissing } from './presence.ts';
import type { Found } from './rule.ts';

/** Fields that have a rule of their own. */
const HAS_OWN_RULE: ReadonlySet<string> = new Set(['MSH-9', 'MSH-10', 'MSH-12', 'PID-3', 'PID-5']);

/** Segments and fields that the dictionary in use does not know; never for Z segments, which are anybody's. */
export function* unknownRules(segment: Segment, dictionary: Dictionary): Generator<Found> {
  if (!isSegmentName(segment.name) || segment.name.startsWith('Z')) return;
  const count = dictionary.fieldCount(segment.name);
  if (count === undefined) {
    yield {
      code: 'UNKNOWN_SEGMENT',
      message: `HL7 ${dictionary.version} has no segment of this name. Check the name.`,
    };
    return;
  }
  for (const field of fieldsOf(segment).slice(count)) {
    if (isMissing(field)) continue;
    yield {
      code: 'UNKNOWN_FIELD',
      field: field.number,
      message: `In HL7 ${dictionary.version} the segment ends with field ${count}. Check for a separator too many.`,
    };
  }
}

/** What the dictionary of the message's own version says about its fields. */
export function* conformanceRules(
  segment: Segment,
  dictionary: Dictionary,
  tables: Tables,
): Generator<Found> {
  const count = dictionary.fieldCount(segment.name) ?? 0;
  for (let number = isHeader(segment) ? 3 : 1; number <= count; number += 1) {
    const info = dictionary.fieldInfo(segment.name, number);
    const field = fieldOf(segment, number);
    if (!info) continue;
    if (!field || isMissing(field)) {
      if (info.optionality !== 'R' || HAS_OWN_RULE.has(`${segment.name}-${number}`)) continue;
      yield {
        code: 'REQUIRED_FIELD',
        field: number,
        message: `HL7 ${dictionary.version} requires this field. Fill it in.`,
      };
      continue;
    }
    yield* fieldRules(field, info, tables);
  }
}

function* fieldRules(field: Part, info: FieldInfo, tables: Tables): Generator<Found> {
  const repetitions = childrenOf(field);
  if (repetitions.length > info.repetitions) {
    yield {
      code: 'NOT_REPEATABLE',
      field: field.number,
      message: `This field may stand ${info.repetitions} time(s) at most. Check the repetition separators.`,
    };
  }
  const codes = info.type === 'ID' && info.table !== undefined ? tables[info.table] : undefined;
  for (const repetition of repetitions) {
    if (findPlaceholders(repetition.wire).length > 0) continue;
    const place = { field: field.number, repetition: repetition.number };
    if (repetition.wire.length > info.length) {
      yield {
        code: 'TOO_LONG',
        ...place,
        message: `This field may have ${info.length} characters at most. Shorten it.`,
      };
    }
    if (!codes || codes.length === 0 || isMissing(repetition) || isNull(repetition.wire)) continue;
    if (isDivided(repetition) || codes.includes(decode(repetition.wire, repetition.delimiters))) continue;
    yield {
      code: 'NOT_IN_TABLE',
      ...place,
      message: `This code is not in HL7 table ${info.table}. Check the code.`,
    };
  }
}
