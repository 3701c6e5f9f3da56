import type { ComparedRecord, Conflict } from '../../../machines/conflicts.types.ts';
import type { ImportPreview, ImportSelection } from '../../../machines/import.types.ts';
import type { IntakeFinding } from '../../../machines/intake.types.ts';

/** What machines of files tell of them, part by part: views know no more of files than this. */
export type ImportPlan = ImportPreview['plan'];
export type ImportEntry = ImportPlan['entries'][number];
export type EntryKind = ImportEntry['kind'];
export type Choice = NonNullable<ImportEntry['choice']>;
export type Strategy = ImportSelection['strategy'];
export type Warning = ImportPlan['warnings'][number];
export type Refused = Extract<IntakeFinding, { code: 'refused' }>['refused'];
export type Place = NonNullable<Refused['at']>;
export type Accepted = NonNullable<Refused['salvage']>;
export type FieldRow = Conflict['rows'][number];
export type Side = Exclude<FieldRow['changed'], 'both'>;
export type MemberText = ReturnType<ComparedRecord['textsOf']>[number];
