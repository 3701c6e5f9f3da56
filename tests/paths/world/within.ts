import { orTimeout } from '../../../src/services/deadline.ts';
import type { Hands } from '../../../src/services/hands.ts';

/** A service with hands to work with and a deadline, as the composition root binds it. */
export function within<SomeHands extends Hands, Input, Output>(
  hands: SomeHands,
  service: (hands: SomeHands, input: Input, signal: AbortSignal) => Promise<Output>,
  deadlineMs: number,
): (input: Input, signal: AbortSignal) => Promise<Output> {
  return (input, signal) =>
    orTimeout(hands.environment.clock, service(hands, input, signal), { service: service.name, deadlineMs });
}
