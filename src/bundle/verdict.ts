import type { Bundle } from './bundle.ts';
import type { Lock } from './lockShape.ts';

/** What checking a file comes to. Nothing is written, and nothing in it quotes the file's contents (I22). */
export type Checked = Accepted | Refused | Locked;

export interface Accepted {
  readonly kind: 'accepted';
  readonly bundle: Bundle;
  readonly warnings: readonly Warning[];
  readonly label: Label;
}

/** How far the file proves that it is what was exported. Shown with every accepted file. */
export type Label = 'strong-checksum' | 'weak-checksum' | 'no-checksum';

export interface Refused {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  readonly at: Place | null;
  /** The key of the words that say what to do now. */
  readonly advice: Advice;
  /** The text ends before its JSON does. */
  readonly isCutOff: boolean;
  /** What could be taken all the same, as a separate, explicit step of the person; the rest is named in it. */
  readonly salvage: Accepted | null;
}

/** Encrypted. `unlockBundle` opens it; the bytes then go through `checkFile` like any others. */
export interface Locked {
  readonly kind: 'locked';
  readonly lock: Lock;
}

/** Stable: tests, words and people's reports name them. */
export type RefusalCode =
  | 'too-large'
  | 'empty-file'
  | 'compressed-file'
  | 'wrong-encoding'
  | 'invalid-utf8'
  | 'not-json'
  | 'too-deep'
  | 'duplicate-key'
  | 'dangerous-key'
  | 'unsafe-integer'
  | 'not-a-bundle'
  | 'wrong-application'
  | 'bad-version'
  | 'newer-version'
  | 'checksum-mismatch'
  | 'schema';

export type Advice =
  | 'export-in-parts'
  | 'get-new-copy'
  | 'unpack'
  | 'save-as-utf8'
  | 'choose-export'
  | 'update-app'
  | 'undo-edits';

/** Where in the file. Lines and columns count from 1, columns in UTF-16 code units. */
export type Place =
  | { readonly line: number; readonly column: number }
  /** In names of the format and its schemas only, such as `templates[1].createdAt`. */
  | { readonly path: string };

export type WarningCode =
  | 'bad-date'
  | 'damaged-apart'
  | 'dangling-reference'
  | 'desktop-file'
  | 'duplicate-id'
  | 'empty-part'
  | 'legacy-v0'
  | 'lone-surrogate'
  | 'missing-part'
  | 'odd-id'
  | 'odd-name'
  | 'old-shape'
  | 'plain-text'
  | 'same-content'
  | 'too-many'
  | 'unchecked'
  | 'unknown-choice'
  | 'unknown-member'
  | 'unknown-store'
  | 'undecided'
  | 'unsafe-integer'
  | 'unusable'
  | 'withheld';

/** One line of the list, however often it occurred: 50,000 unknown keys are one line. */
export interface Warning {
  readonly code: WarningCode;
  readonly store: string | null;
  readonly count: number;
  /** The first few places. */
  readonly at: readonly Place[];
  /** Names of unknown or withheld members and stores: the first few, cut to a length that can be shown. */
  readonly names: readonly string[];
}
