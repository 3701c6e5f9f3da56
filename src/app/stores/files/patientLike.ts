import type { NumberOf } from '../../../bundle/domain.ts';
import {
  identifyingVariables,
  isPatientLike,
  isUnfilled,
  type ParsedText,
  patientLikeFields,
  testValueFor,
} from '../../../hl7/index.ts';

/** Values by the name of the placeholder that they are put in the place of. */
type Values = Readonly<Record<string, string>>;

/**
 * Fields of a template that hold what may tell who somebody is, such as `PID-5`: each once, never the values (I22). Values
 * that are put in the place of placeholders count where these stand.
 */
export function patientLikePlaces(template: ParsedText, fillings: readonly Values[]): string[] {
  const places = new Set(patientLikeFields(template));
  let variables: ReturnType<typeof identifyingVariables> | undefined;
  for (const values of fillings) {
    variables ??= identifyingVariables(template);
    for (const [id, value] of Object.entries(values)) {
      const variable = variables.get(id);
      if (!variable || isUnfilled(id, value) || !isPatientLike(variable.kind, value)) continue;
      for (const field of variable.fields) places.add(field);
    }
  }
  return [...places];
}

/** Makes the values of one template's placeholders anew, those of which `patientLikePlaces` looks at. */
export function replacingIn(template: ParsedText, numberOf: NumberOf): (id: string, value: string) => string {
  const variables = identifyingVariables(template);
  return (id, value) => {
    const variable = variables.get(id);
    return !variable || isUnfilled(id, value) ? value : testValueFor(variable.kind, value, numberOf);
  };
}
