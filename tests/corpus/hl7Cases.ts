import {
  countPlaceholders,
  fieldName,
  fillPlaceholders,
  findPlaceholders,
  isPathQuery,
  loadDictionary,
  messageTypeOf,
  openText,
  parse,
  read,
  searchMessage,
  setValue,
  toCanonical,
  validate,
  variablesOf,
} from '../../src/hl7/index.ts';

export interface Hl7Case {
  readonly id: string;
  readonly area: string;
  readonly input: unknown;
  readonly expected: unknown;
  readonly note: string;
}

/** Runs a case and gives what came out, in the form of its `expected`, which it may look at to see what is asked. */
export type Adapter = (input: never, expected: unknown) => unknown;

type MessageAt = { readonly message: string; readonly path: string };

/** What can be run, by area; an `op` has an adapter of its own, under `area/op`. */
export const adapters: Readonly<Record<string, Adapter>> = {
  roundtrip: (input: string) => toCanonical(parse(openText(input).text)),
  parse: ({ message, path }: MessageAt) => {
    const parsed = parse(openText(message).text);
    switch (path) {
      case '#segments':
        return parsed.segments.map((segment) => segment.name);
      case '#invalidSegmentNames':
        return parsed.segments
          .map((segment) => segment.name)
          .filter((name) => !/^[A-Z][A-Z0-9]{2}$/.test(name));
      case '#fieldSeparator':
        return (parsed.segments[0]?.delimiters ?? { field: '|' }).field;
    }
    const reading = read(parsed, path);
    return reading.kind === 'absent' ? null : reading.kind === 'value' ? reading.value : reading.wire;
  },
  edit: ({ message, path, value }: MessageAt & { value: string }) => editAll(message, [[path, value]]),
  'edit/editThroughFilteredView': ({
    message,
    path,
    value,
    edits = [[path, value]],
  }: MessageAt & { value: string; edits?: [string, string][] }) => editAll(message, edits),
  variable: async (input: { text: string } | { template: string; messageType?: string }, expected) => {
    if ('text' in input) return findPlaceholders(input.text).map(({ id, group }) => ({ id, group }));
    const isNamed = JSON.stringify(expected).includes('"names"');
    const dictionary = await loadDictionary();
    const variables = variablesOf(parse(input.template), (segment, field) =>
      fieldName(dictionary, segment, field),
    );
    return variables.map(({ id, positions, names, count }) => ({
      id,
      positions,
      ...(isNamed && { names }),
      count,
    }));
  },
  serialize: ({ template, values }: { template: string; values: Record<string, string> }) =>
    fillPlaceholders(parse(template), { values }).text,
  'serialize/hasUnfilled': ({ output }: { output: string }) => countPlaceholders(parse(output)) > 0,
  validate: ({ message }: { message: string }) =>
    validate(parse(message))
      .filter((issue) => issue.severity === 'error')
      .map((issue) => issue.code)
      .sort(),
  search: ({ message, query }: { message: string; query: string }) =>
    searchMessage(parse(message), query).hits.map((hit) => hit.path),
  'search/isPathQuery': ({ queries }: { queries: string[] }) => queries.map(isPathQuery),
  'template/messageTypeOf': ({ content }: { content: string }) => messageTypeOf(content),
};

function editAll(message: string, edits: readonly [string, string][]): unknown {
  let parsed = parse(message);
  for (const [path, value] of edits) {
    const edit = setValue(parsed, path, value);
    if (edit.kind === 'refused') return { error: edit.reason };
    parsed = parse(edit.text);
  }
  return toCanonical(parsed);
}
