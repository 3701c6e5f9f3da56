import { openText } from '../../../hl7/index.ts';
import { notify, notifyFailure } from '../../ui/toasts.ts';
import { say } from '../../words/say.ts';
import { size } from '../../words/sizes.ts';
import type { EditorSession } from '../editorSession.ts';
import { offerLostBreaks } from '../pasteText.ts';
import { LARGEST_FILE_BYTES, readTextFile } from './openFile.ts';

/** Opens a file in the editor; on anything that is no text nothing changes, and the reason is said. */
export async function loadFile(session: EditorSession, file: File): Promise<void> {
  const read = await readTextFile(file);
  switch (read.kind) {
    case 'tooLarge':
      return notifyFailure(say('open.tooLarge', { limit: size(LARGEST_FILE_BYTES) }), 'open');
    case 'notText':
      return notifyFailure(say('open.notText'), 'open');
    case 'unreadable':
      return notifyFailure(say('open.unreadable'), 'open');
    case 'text': {
      const { frames, byteOrderMarks } = loadText(session, read.text, (extra) =>
        say('open.done', { name: file.name, extra }),
      );
      if (read.encoding !== 'utf-8' && frames + byteOrderMarks === 0) {
        notify({ id: 'encoding', text: say('open.otherEncoding') });
      }
    }
  }
}

/** Replaces the text of the editor as one step, says so, and offers the way back. */
export function loadText(
  session: EditorSession,
  raw: string,
  words: (removed: string) => string,
): { frames: number; byteOrderMarks: number } {
  const { document } = session.workspace;
  const before = document.getSnapshot().text;
  const { text, removed } = openText(raw);
  session.load(text);
  notify({
    id: 'loaded',
    text: words(removedWords(removed)),
    ...(before !== '' && {
      action: { label: say('toast.undo'), act: () => document.replace(before, 'command') },
    }),
  });
  offerLostBreaks(document);
  return removed;
}

function removedWords({ frames, byteOrderMarks }: { frames: number; byteOrderMarks: number }): string {
  if (frames > 0) return ` ${say('paste.framesRemoved', { count: frames })}`;
  return byteOrderMarks > 0 ? ` ${say('paste.markRemoved')}` : '';
}
