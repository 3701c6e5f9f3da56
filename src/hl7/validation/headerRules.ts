import type { Segment } from '../codec/parse.ts';
import { isDivided } from '../codec/parts.ts';
import { findPlaceholders } from '../variables/placeholder.ts';
import { componentOf, fieldOf, isMissing } from './presence.ts';
import type { Found } from './rule.ts';

/** What any header (MSH, FHS, BHS) says about delimiters. */
export function* delimiterRules(header: Segment): Generator<Found> {
  const named = fieldOf(header, 2)?.wire.slice(0, 4) ?? '';
  if (new Set(named).size < named.length) {
    yield {
      code: 'DUPLICATE_DELIMITER',
      field: 2,
      message: 'Two delimiters are the same character. Use four different ones.',
    };
  }
  if (named.length > 0 && named.length < 4) {
    yield {
      code: 'INCOMPLETE_DELIMITERS',
      field: 2,
      message: 'Not all delimiters are named, so the others are not in use. The usual ones are ^~\\&.',
    };
  }
}

/** What each message must say about itself. */
export function* mshRules(msh: Segment): Generator<Found> {
  yield* messageTypeRules(msh);
  if (isMissing(fieldOf(msh, 10))) {
    yield {
      code: 'MISSING_MSH_10',
      field: 10,
      message: 'The message control ID is missing. Enter one that is unique.',
    };
  }
  if (isMissing(fieldOf(msh, 12))) {
    yield {
      code: 'MISSING_MSH_12',
      field: 12,
      message: 'The HL7 version is missing. Enter it, such as 2.5.',
    };
  }
}

function* messageTypeRules(msh: Segment): Generator<Found> {
  const field = fieldOf(msh, 9);
  if (!field || isMissing(field)) {
    yield {
      code: 'MISSING_MSH_9',
      field: 9,
      message: 'The message type is missing. Enter it, such as ADT^A01.',
    };
    return;
  }
  // A placeholder that stands for the whole type says nothing yet about its parts.
  if (!isDivided(field) && findPlaceholders(field.wire).length > 0) return;
  const code = componentOf(msh, 9, 1);
  if (isMissing(code)) {
    yield {
      code: 'INCOMPLETE_MSH_9',
      field: 9,
      message: 'The message code is missing. Enter it before the trigger event.',
    };
  } else if (isMissing(componentOf(msh, 9, 2)) && code?.wire.trim() !== 'ACK') {
    yield {
      code: 'INCOMPLETE_MSH_9',
      field: 9,
      message: 'The trigger event is missing. Enter it as the second component.',
    };
  }
}
