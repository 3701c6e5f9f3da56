import { useEffect, useState } from 'react';
import type { Dictionary, Issue, ParsedText } from '../../../hl7/index.ts';

/** Larger texts are not checked at all: the check would hold up typing, and so many findings help nobody. */
export const LONGEST_CHECKED = 2_000_000;
/** A short text is checked almost with the keystroke, so that findings do not lag behind the eye. */
const SHORT_PAUSE_MS = 60;
const LONG_PAUSE_MS = 400;
const SHORT_LENGTH = 30_000;

export interface Validation {
  readonly kind: 'checked' | 'checking' | 'tooLarge';
  readonly issues: readonly Issue[];
}

const NONE: readonly Issue[] = [];

/** What is noteworthy about a message, a moment after it changed. Informs, and blocks nothing. */
export function useValidation(parsed: ParsedText, dictionary: Dictionary | null): Validation {
  const [checked, setChecked] = useState<{ parsed: ParsedText; issues: readonly Issue[] } | null>(null);
  const isTooLarge = parsed.text.length > LONGEST_CHECKED;
  useEffect(() => {
    if (isTooLarge) return;
    let isCurrent = true;
    const check = async (): Promise<void> => {
      const issues = await issuesOf(parsed, dictionary);
      if (isCurrent) setChecked({ parsed, issues });
    };
    const timer = window.setTimeout(
      // Without its findings the editor works; the next change asks again.
      () => void check().catch(() => undefined),
      parsed.text.length <= SHORT_LENGTH ? SHORT_PAUSE_MS : LONG_PAUSE_MS,
    );
    return () => {
      isCurrent = false;
      window.clearTimeout(timer);
    };
  }, [parsed, dictionary, isTooLarge]);
  if (isTooLarge) return { kind: 'tooLarge', issues: NONE };
  // Older findings stay until the newer ones are there: a badge that blinks at every key tells nothing.
  if (checked === null) return { kind: 'checking', issues: NONE };
  return { kind: checked.parsed === parsed ? 'checked' : 'checking', issues: checked.issues };
}

/** The rules are fetched with the first message: an empty editor has nothing to check. */
async function issuesOf(parsed: ParsedText, dictionary: Dictionary | null): Promise<readonly Issue[]> {
  // Nothing was entered yet: that is no mistake to be told about.
  if (parsed.text === '') return NONE;
  const { validate } = await import('../../../hl7/validation/validate.ts');
  return validate(parsed, dictionary ? { dictionary, dictionaryFor: () => dictionary } : {});
}
