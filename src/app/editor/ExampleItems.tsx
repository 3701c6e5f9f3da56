import { exampleTemplates } from '../stores/exampleTemplates.ts';
import { MenuItem } from '../ui/Menu.tsx';
import { say } from '../words/say.ts';
import { loadText } from './commands/loadText.ts';
import type { EditorSession } from './editorSession.ts';

/** The examples, as commands that put one in the editor. */
export default function ExampleItems({ session }: { session: EditorSession }) {
  return exampleTemplates(0).map(({ id, name, content }) => (
    <MenuItem
      key={id}
      onSelect={() => loadText(session, content, () => say('editor.loadedExample', { name }))}
    >
      {say('editor.loadExample', { name })}
    </MenuItem>
  ));
}
