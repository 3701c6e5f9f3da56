import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { readLineEnds } from '../lineEnds.ts';
import type { MessageDocument } from '../messageDocument.ts';
import { pasteText } from '../pasteText.ts';

/** Copies the selection with the line ends of the text that is shown: the widget would make LF of all of them. */
export function copySelection(text: string, event: ClipboardEvent, view: EditorView): boolean {
  const { from, to } = view.state.selection.main;
  if (from === to || !event.clipboardData) return false;
  const ends = readLineEnds(text);
  event.clipboardData.setData('text/plain', text.slice(ends.toDocument(from), ends.toDocument(to)));
  event.preventDefault();
  return true;
}

/** Copy, cut and paste with the document's own line ends (hl7.md 5.6). */
export function clipboard(document: MessageDocument): Extension {
  const copy = (event: ClipboardEvent, view: EditorView): boolean =>
    copySelection(document.getSnapshot().text, event, view);
  return EditorView.domEventHandlers({
    copy,
    cut(event, view) {
      if (view.state.readOnly || !copy(event, view)) return false;
      view.dispatch(view.state.replaceSelection(''), { userEvent: 'delete.cut' });
      return true;
    },
    paste(event, view) {
      const pasted = event.clipboardData?.getData('text/plain');
      if (!pasted || view.state.readOnly) return false;
      event.preventDefault();
      pasteText(document, pasted);
      return true;
    },
  });
}
