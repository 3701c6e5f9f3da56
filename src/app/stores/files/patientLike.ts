import { identifyingSpans, parse } from '../../../hl7/index.ts';

/** Fields of a text that hold what may tell who somebody is, such as `PID-5`: each once, never the values (I22). */
export function patientLikePlaces(text: string): string[] {
  const parsed = parse(text);
  const places = new Set<string>();
  for (const segment of parsed.segments) {
    for (const { from } of identifyingSpans({ ...parsed, segments: [segment] })) {
      // None of these segments is a header: as many separators before it, so many is the field.
      const before = segment.wire.slice(0, from - segment.start);
      places.add(`${segment.name}-${before.split(segment.delimiters.field).length - 1}`);
    }
  }
  return [...places];
}
