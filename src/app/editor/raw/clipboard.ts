import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { readLineEnds } from '../lineEnds.ts';
import type { MessageDocument } from '../messageDocument.ts';
import { pasteText } from '../pasteText.ts';

/**
 * Copy, cut and paste with the document's own line ends: the widget would make LF of all of them (hl7.md 5.6).
 */
export function clipboard(document: MessageDocument): Extension {
  const copySelection = (event: ClipboardEvent, view: EditorView): boolean => {
    const { from, to } = view.state.selection.main;
    if (from === to || !event.clipboardData) return false;
    const { text } = document.getSnapshot();
    const ends = readLineEnds(text);
    event.clipboardData.setData('text/plain', text.slice(ends.toDocument(from), ends.toDocument(to)));
    event.preventDefault();
    return true;
  };
  return EditorView.domEventHandlers({
    copy: copySelection,
    cut(event, view) {
      if (view.state.readOnly || !copySelection(event, view)) return false;
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
