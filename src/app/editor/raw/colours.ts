import { RangeSetBuilder, type Text } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import { DEFAULT_DELIMITERS, type Delimiters, isHeaderName, parse } from '../../../hl7/index.ts';
import { shownParts } from './folds.ts';
import { type Paint, paintLine } from './paintLine.ts';
import { placeholdersIn } from './placeholdersIn.ts';

/** How far up a header is looked for. Further away the usual delimiters are shown; only colours depend on it. */
const LINES_LOOKED_BACK = 2_000;

const MARKS: Record<Paint, Decoration> = {
  segment: Decoration.mark({ class: 'hl7-segment' }),
  odd: Decoration.mark({ class: 'hl7-odd' }),
  delimiter: Decoration.mark({ class: 'hl7-delimiter' }),
  escape: Decoration.mark({ class: 'hl7-escape' }),
};

/** Colours what is on screen: names, delimiters in use, escape sequences, placeholders. */
export const colours = ViewPlugin.define(
  (view) => ({
    decorations: paint(view),
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.decorations = paint(update.view);
    },
  }),
  { decorations: (plugin) => plugin.decorations },
);

function paint(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const doc = view.state.doc;
  let delimiters: Delimiters | undefined;
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = doc.lineAt(at);
      delimiters = headerDelimiters(line.text) ?? delimiters ?? delimitersAbove(doc, line.number);
      const visible = { from: Math.max(from, line.from) - line.from, to: Math.min(to, line.to) - line.from };
      const marks = marksIn(line.text, delimiters, visible);
      for (const { from: markFrom, to: markTo, mark } of marks) {
        if (markTo > markFrom) builder.add(line.from + markFrom, line.from + markTo, mark);
      }
      at = line.to + 1;
    }
  }
  return builder.finish();
}

/** The marks of the part of a line that is on screen; folded text costs nothing. */
function marksIn(line: string, delimiters: Delimiters, visible: { from: number; to: number }) {
  return shownParts(line.length)
    .map(({ from, to }) => [Math.max(from, visible.from), Math.min(to, visible.to)] as const)
    .filter(([from, to]) => from < to)
    .flatMap(([from, to]) => [
      ...paintLine(line, delimiters, from, to).map((painted) => ({ ...painted, mark: MARKS[painted.paint] })),
      ...placeholdersIn(line, delimiters, from, to).map((found) => ({
        ...found,
        mark: Decoration.mark({ class: `hl7-placeholder hl7-variable-${found.colour}` }),
      })),
    ])
    .sort((left, right) => left.from - right.from || left.to - right.to);
}

function delimitersAbove(doc: Text, lineNumber: number): Delimiters {
  const last = Math.max(1, lineNumber - LINES_LOOKED_BACK);
  for (let number = lineNumber - 1; number >= last; number -= 1) {
    const found = headerDelimiters(doc.line(number).text);
    if (found) return found;
  }
  return DEFAULT_DELIMITERS;
}

function headerDelimiters(line: string): Delimiters | undefined {
  if (!isHeaderName(line.slice(0, 3))) return undefined;
  return parse(line.slice(0, 20)).segments[0]?.delimiters;
}
