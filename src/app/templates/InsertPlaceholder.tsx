import { ChevronDown, Variable } from 'lucide-react';
import { nextFreeGroup, placeholderId, variablesOf } from '../../hl7/index.ts';
import { useModel, type Workspace } from '../editor/workspace.ts';
import { Button } from '../ui/Button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { say } from '../words/say.ts';

/** Puts a placeholder at the caret: the next free number, or one that is used already, to link the two places. */
export function InsertPlaceholder({ workspace, isReadOnly }: { workspace: Workspace; isReadOnly: boolean }) {
  const { parsed } = useModel(workspace);
  const next = nextFreeGroup(parsed);
  const insert = (name: string): void => {
    const { selection } = workspace.document.getSnapshot();
    const from = Math.min(selection.anchor, selection.head);
    const to = Math.max(selection.anchor, selection.head);
    const caret = from + name.length;
    workspace.document.edit([{ from, to, insert: name }], {
      origin: 'command',
      selection: { anchor: caret, head: caret },
    });
  };
  return (
    <Menu
      align="end"
      trigger={
        <Button look="quiet" size="small" disabled={isReadOnly}>
          <Variable aria-hidden="true" />
          {say('placeholder.insert')}
          <ChevronDown aria-hidden="true" />
        </Button>
      }
    >
      {next !== undefined && (
        <MenuItem onSelect={() => insert(placeholderId(next))}>
          <span className="font-mono text-xs">{placeholderId(next)}</span>
          <span className="ml-2 text-xs text-muted-foreground">{say('placeholder.next')}</span>
        </MenuItem>
      )}
      <MenuItem onSelect={() => insert(placeholderId(null))}>
        <span className="font-mono text-xs">{placeholderId(null)}</span>
        <span className="ml-2 text-xs text-muted-foreground">{say('placeholder.unnumbered')}</span>
      </MenuItem>
      <UsedPlaceholders workspace={workspace} onInsert={insert} />
    </Menu>
  );
}

function UsedPlaceholders({
  workspace,
  onInsert,
}: {
  workspace: Workspace;
  onInsert: (name: string) => void;
}) {
  const { parsed } = useModel(workspace);
  const used = variablesOf(parsed).filter(({ group }) => group !== null);
  if (used.length === 0) return null;
  return (
    <>
      <MenuSeparator />
      {used.map(({ id, positions }) => (
        <MenuItem key={id} onSelect={() => onInsert(id)}>
          <span className="font-mono text-xs">{id}</span>
          <span className="ml-2 text-xs text-muted-foreground">
            {say('placeholder.sameAs', { place: positions[0] ?? '' })}
          </span>
        </MenuItem>
      ))}
    </>
  );
}
