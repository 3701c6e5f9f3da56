import { ChevronDown, Copy } from 'lucide-react';
import { useDocument } from '../../react/index.ts';
import { copyText } from '../files/copyText.ts';
import { useShortcut } from '../shell/useShortcut.ts';
import { SETTINGS_ID, settings } from '../stores/settings.ts';
import { Button } from '../ui/Button.tsx';
import { Menu, MenuChoices } from '../ui/Menu.tsx';
import { say } from '../words/say.ts';
import { COPY_LINE_ENDS, type CopyLineEnd, copyLineEndFor, textToCopy } from './commands/copyMessage.ts';
import type { EditorSession } from './editorSession.ts';
import { useDocumentSnapshot } from './workspace.ts';

/** Copies the message as it is on screen now (P08); next to it, the line ends it is copied with. */
export function CopyButton({ session, isEmpty }: { session: EditorSession; isEmpty: boolean }) {
  useDocumentSnapshot(session.workspace);
  const stored = useDocument(settings, SETTINGS_ID);
  const data = stored.kind === 'open' ? stored.data : undefined;
  const canStore = stored.kind === 'missing' || (stored.kind === 'open' && !stored.readOnly);
  const lineEnd = copyLineEndFor(data?.copyLineEnd, session.isEdited());
  const copy = (): void => {
    const parsed = session.workspace.model.current();
    void copyText(
      textToCopy(parsed, lineEnd),
      say('copy.message', { count: parsed.segments.length, lineEnd: say(`copy.${lineEnd}`) }),
    );
  };
  useShortcut('mod+shift+c', copy);
  return (
    <span className="flex">
      <Button look="primary" disabled={isEmpty} onClick={copy} className="rounded-r-none">
        <Copy aria-hidden="true" />
        {say('editor.copy')}
      </Button>
      <Menu
        align="end"
        trigger={
          <Button
            look="primary"
            aria-label={say('copy.lineEnds')}
            className="w-7 rounded-l-none border-l-primary-foreground/30 !px-0"
          >
            <ChevronDown aria-hidden="true" />
          </Button>
        }
      >
        <MenuChoices<CopyLineEnd>
          label={say('copy.lineEnds')}
          value={lineEnd}
          onChange={(next) => canStore && stored.edit({ ...data, copyLineEnd: next })}
          choices={COPY_LINE_ENDS.map((value) => ({ value, label: say(`copy.${value}`) }))}
        />
      </Menu>
    </span>
  );
}
