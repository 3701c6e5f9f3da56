import type { Failure } from '../../../machines/types.ts';
import { sayProblem } from '../words/sayProblem.ts';

/** The name of an error, as a person may be told of it. */
export function failureName({ platformName, class: errorClass }: Failure): string {
  return platformName ?? errorClass;
}

export function failureLines({ platformName, class: errorClass }: Failure): string[] {
  return [
    sayProblem('details.error', { name: platformName ?? sayProblem('details.unnamed') }),
    sayProblem('details.class', { name: errorClass }),
    sayProblem('details.fullDisk'),
  ];
}
