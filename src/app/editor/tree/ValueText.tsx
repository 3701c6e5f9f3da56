import { colourOf, findPlaceholders } from '../../../hl7/index.ts';

/** A value with its placeholders marked: a tint, and a dotted line for those who do not see tints. */
export function ValueText({ text }: { text: string }) {
  const found = findPlaceholders(text);
  if (found.length === 0) return text;
  const parts = [];
  let done = 0;
  for (const { from, to, group } of found) {
    const colour = colourOf(group);
    parts.push(text.slice(done, from));
    parts.push(
      <mark
        key={from}
        className="rounded-sm bg-placeholder-soft text-placeholder underline decoration-dotted underline-offset-3"
        style={colour === null ? undefined : { color: `var(--variable-${colour + 1})` }}
      >
        {text.slice(from, to)}
      </mark>,
    );
    done = to;
  }
  parts.push(text.slice(done));
  return parts;
}
