import { Annotation, type ChangeSpec, type Extension, Transaction } from '@codemirror/state';
import { type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import { type LineEnds, readLineEnds, toDocumentChanges, withShownBreaks } from '../lineEnds.ts';
import type { DocumentChange, MessageDocument } from '../messageDocument.ts';
import { applyChanges, type TextChange } from '../textChange.ts';

/** Marks what came from the document, so that it does not go back there. */
const fromDocument = Annotation.define<boolean>();

/**
 * Makes a CodeMirror view a view of a message document: what is typed goes there as changes, and what changes there
 * shows here. The widget's own text never is the source (I19), and its own history is not used (P10).
 */
export function bindDocument(document: MessageDocument): Extension {
  return ViewPlugin.define((view) => {
    let ends = readLineEnds(document.getSnapshot().text);

    const stop = document.follow((change) => {
      if (change.origin === 'raw') return;
      const after = readLineEnds(document.getSnapshot().text);
      view.dispatch({
        changes: shownChanges(change, ends, after, view),
        selection: {
          anchor: after.toShown(change.selection.anchor),
          head: after.toShown(change.selection.head),
        },
        scrollIntoView: true,
        annotations: [fromDocument.of(true), Transaction.addToHistory.of(false)],
      });
      ends = after;
    });

    return {
      update(update) {
        if (update.transactions.some((transaction) => transaction.annotation(fromDocument))) return;
        if (update.docChanged) ends = sendEdit(document, update, ends);
        else if (update.selectionSet) document.select(selectionIn(update, ends), 'raw');
      },
      destroy: stop,
    };
  });
}

/** The text a new view of the document starts with. */
export function shownText(document: MessageDocument): string {
  return withShownBreaks(document.getSnapshot().text);
}

function sendEdit(document: MessageDocument, update: ViewUpdate, ends: LineEnds): LineEnds {
  const typed: TextChange[] = [];
  update.changes.iterChanges((from, to, _fromAfter, _toAfter, inserted) => {
    typed.push({ from, to, insert: inserted.toString() });
  });
  const { text } = document.getSnapshot();
  const changes = toDocumentChanges(text, ends, typed);
  const after = readLineEnds(applyChanges(text, changes));
  const isTyping = update.transactions.some(
    (transaction) => transaction.isUserEvent('input.type') || transaction.isUserEvent('delete.backward'),
  );
  document.edit(changes, {
    origin: 'raw',
    selection: selectionIn(update, after),
    ...(isTyping && { group: 'typing' }),
  });
  return after;
}

function selectionIn(update: ViewUpdate, ends: LineEnds) {
  const { anchor, head } = update.state.selection.main;
  return { anchor: ends.toDocument(anchor), head: ends.toDocument(head) };
}

function shownChanges(
  { changes }: DocumentChange,
  before: LineEnds,
  after: LineEnds,
  view: EditorView,
): ChangeSpec {
  const shown = changes.map(({ from, to, insert }) => ({
    from: before.toShown(from),
    to: before.toShown(to),
    insert: withShownBreaks(insert),
  }));
  const growth = shown.reduce((sum, { from, to, insert }) => sum + insert.length - (to - from), 0);
  // A CR and an LF that meet at the border of a change are one line end now: show the text afresh.
  const isWhole = view.state.doc.length + growth === after.shownLength;
  return isWhole ? shown : { from: 0, to: view.state.doc.length, insert: after.shown };
}
