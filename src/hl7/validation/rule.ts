import type { Position } from '../codec/position.ts';
import type { IssueCode } from './issue.ts';

/** What a rule finds in a segment; who runs it adds path and severity. */
export interface Found extends Omit<Position, 'segment'> {
  readonly code: IssueCode;
  readonly message: string;
}
