import type { Fault, Rule, Step } from './step.ts';

/** Crash · an error once · an error for ever · never settles (durability 1). */
export type FaultKind = 'C' | 'E1' | 'E∞' | 'H';
export const FAULT_KINDS: readonly FaultKind[] = ['C', 'E1', 'E∞', 'H'];

/** The error a browser gives at each kind of step, unless a test names another. */
function usualError(step: Step): string {
  if (step.kind === 'transaction') return 'InvalidStateError';
  if (step.kind === 'commit') return 'AbortError';
  if (step.kind === 'storage') return 'QuotaExceededError';
  return 'UnknownError';
}

/**
 * Does nothing before step `n` (counted from 1), and one fault from there.
 *
 * In place of `complete` there is but one error: the connection, and the answer with it, is lost. No browser says
 * that a disk is full once the commit has landed.
 */
export function faultAt(n: number, kind: FaultKind, errorName?: string): Rule & { struck(): boolean } {
  let struck = false;
  const rule = (step: Step): Fault | undefined => {
    if (kind === 'E∞' ? step.n < n : step.n !== n) return undefined;
    struck = true;
    if (kind === 'C') return { kind: 'crash' };
    if (kind === 'H') return { kind: 'hang' };
    const name = step.kind === 'complete' ? undefined : errorName;
    return { kind: 'error', name: name ?? usualError(step) };
  };
  return Object.assign(rule, { struck: () => struck });
}

/** From step `n` on the connection in use is dead until the page opens another (F02, F03). */
export function connectionDiesAt(n: number): Rule {
  let dead: number | undefined;
  return (step) => {
    if (step.connection === undefined) return undefined;
    if (step.n >= n) dead ??= step.connection;
    if (step.connection !== dead) return undefined;
    const name = step.kind === 'transaction' ? 'InvalidStateError' : 'UnknownError';
    return { kind: 'error', name, message: 'Connection to Indexed Database server lost.' };
  };
}

/** How a write that does not fit shows itself: at the request, or only when the transaction would commit (F19). */
export type QuotaShape = 'request' | 'abort' | 'data-error';

/**
 * The disk is full: writes fail from now on, whatever their size. With `deletes` set, removals fail as well (F26).
 */
export function diskFull(shape: QuotaShape, options: { deletes?: boolean } = {}): Rule {
  const written = new Set<string>();
  return (step) => {
    const isWrite =
      step.kind === 'issue' &&
      (step.method === 'add' ||
        step.method === 'put' ||
        (options.deletes === true && step.method === 'delete'));
    const writer = `${step.process}/${step.connection}`;
    if (shape === 'request') return isWrite ? { kind: 'error', name: 'QuotaExceededError' } : undefined;
    if (isWrite) written.add(writer);
    if (step.kind !== 'commit' || !written.delete(writer)) return undefined;
    return { kind: 'error', name: shape === 'abort' ? 'QuotaExceededError' : 'DataError' };
  };
}

/** A value is there but cannot be read, by any way of reading (F31). */
export function unreadable(store: string, key: string): Rule {
  return (step) => {
    if (step.kind !== 'issue' || step.on !== store) return undefined;
    const isHit = step.method === 'get' && JSON.stringify(step.key) === key;
    if (!isHit && step.method !== 'getAll') return undefined;
    return { kind: 'error', name: 'DataError', message: 'Failed to read large IndexedDB value' };
  };
}

/** Cursors say "no more" after so many values, without an error (WebKit on a damaged file). */
export function cursorsEndAfter(values: number): Rule {
  let given = 0;
  return (step) => {
    if (step.kind !== 'success') return undefined;
    if (step.method === 'openCursor' || step.method === 'openKeyCursor') given = 0;
    else if (step.method !== 'continue' && step.method !== 'advance') return undefined;
    given += 1;
    return given > values ? { kind: 'end' } : undefined;
  };
}
