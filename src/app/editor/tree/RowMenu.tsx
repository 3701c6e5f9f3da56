import {
  ArrowDown,
  ArrowUp,
  Copy,
  CopyPlus,
  Ellipsis,
  Eraser,
  Pencil,
  Plus,
  Trash2,
  Variable,
} from 'lucide-react';
import {
  addRepetition,
  moveRepetition,
  moveSegment,
  nextFreeGroup,
  placeholderId,
  removeRepetition,
  removeSegment,
  setValue,
} from '../../../hl7/index.ts';
import { copyText } from '../../files/copyText.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { classNames } from '../../ui/classNames.ts';
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx';
import { say } from '../../words/say.ts';
import { askForSegment } from './addSegmentRequest.ts';
import { applyEdit, clearPlace } from './editTree.ts';
import type { TreeRowProps } from './TreeRow.tsx';

/** What can be done to one place: the mouse finds it on the row, the keyboard by Tab from the active row. */
export function RowMenu(props: TreeRowProps) {
  const { row, isActive } = props;
  if (!isActive && row.isReadOnly && row.kind !== 'segment' && row.value !== undefined) return null;
  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          tabIndex={isActive ? 0 : -1}
          aria-label={say('tree.actions', { place: row.path })}
          className={classNames(
            buttonClass('quiet', 'small'),
            'h-6 w-6 !px-0 text-muted-foreground',
            !isActive && 'opacity-0 group-hover/row:opacity-100 data-popup-open:opacity-100',
          )}
        >
          <Ellipsis aria-hidden="true" />
        </button>
      }
    >
      {row.kind === 'segment' ? <SegmentItems {...props} /> : <PlaceItems {...props} />}
    </Menu>
  );
}

function SegmentItems({ row, workspace, isReadOnly }: TreeRowProps) {
  const { model } = workspace;
  const index = row.position.segment;
  const move = (to: number): void => {
    applyEdit(workspace, moveSegment(model.current(), index, to), { position: { segment: to } });
  };
  return (
    <>
      <CopyItems text={row.wire} path={row.path} />
      <MenuSeparator />
      <MenuItem
        icon={<Plus />}
        disabled={isReadOnly}
        onSelect={() => askForSegment({ workspace, index: index + 1, after: row.path })}
      >
        {say('tree.addSegment')}
      </MenuItem>
      <MenuItem icon={<ArrowUp />} disabled={isReadOnly || index === 0} onSelect={() => move(index - 1)}>
        {say('tree.moveUp')}
      </MenuItem>
      <MenuItem
        icon={<ArrowDown />}
        disabled={isReadOnly || index === model.getSnapshot().parsed.segments.length - 1}
        onSelect={() => move(index + 1)}
      >
        {say('tree.moveDown')}
      </MenuItem>
      <MenuItem
        danger
        icon={<Trash2 />}
        disabled={isReadOnly}
        onSelect={() => applyEdit(workspace, removeSegment(model.current(), index))}
      >
        {say('tree.removeSegment')}
      </MenuItem>
    </>
  );
}

function PlaceItems({ row, workspace, isReadOnly, onEdit }: TreeRowProps) {
  const { model } = workspace;
  const { position } = row;
  const repetition = position.repetition ?? 1;
  const isField = row.kind === 'field';
  const isLocked = isReadOnly || (row.isReadOnly && row.value !== undefined);
  const next = nextFreeGroup(model.getSnapshot().parsed);
  return (
    <>
      <CopyItems text={row.value ?? row.wire} path={row.path} />
      <MenuSeparator />
      {row.value !== undefined && (
        <MenuItem icon={<Pencil />} disabled={isLocked} onSelect={onEdit}>
          {say('tree.editValue')}
        </MenuItem>
      )}
      {row.value !== undefined && next !== undefined && (
        <MenuItem
          icon={<Variable />}
          disabled={isLocked}
          onSelect={() =>
            applyEdit(workspace, setValue(model.current(), position, placeholderId(next)), { position })
          }
        >
          {say('tree.makePlaceholder', { name: placeholderId(next) })}
        </MenuItem>
      )}
      <MenuItem icon={<Eraser />} disabled={isLocked} onSelect={() => clearPlace(workspace, position)}>
        {say('tree.clear')}
      </MenuItem>
      {isField && (
        <MenuItem
          icon={<CopyPlus />}
          disabled={isLocked}
          onSelect={() => applyEdit(workspace, addRepetition(model.current(), position))}
        >
          {say('tree.addRepetition')}
        </MenuItem>
      )}
      {row.kind === 'repetition' && (
        <>
          <MenuItem
            icon={<ArrowUp />}
            disabled={isReadOnly || repetition === 1}
            onSelect={() =>
              applyEdit(workspace, moveRepetition(model.current(), position, repetition - 1), {
                position: { ...position, repetition: repetition - 1 },
              })
            }
          >
            {say('tree.moveUp')}
          </MenuItem>
          <MenuItem
            icon={<ArrowDown />}
            disabled={isReadOnly || row.posInSet === row.setSize}
            onSelect={() =>
              applyEdit(workspace, moveRepetition(model.current(), position, repetition + 1), {
                position: { ...position, repetition: repetition + 1 },
              })
            }
          >
            {say('tree.moveDown')}
          </MenuItem>
          <MenuItem
            danger
            icon={<Trash2 />}
            disabled={isReadOnly}
            onSelect={() => applyEdit(workspace, removeRepetition(model.current(), position))}
          >
            {say('tree.removeRepetition')}
          </MenuItem>
        </>
      )}
    </>
  );
}

function CopyItems({ text, path }: { text: string; path: string }) {
  return (
    <>
      <MenuItem icon={<Copy />} onSelect={() => copyText(text, say('copy.value', { place: path }))}>
        {say('tree.copyValue')}
      </MenuItem>
      <MenuItem icon={<Copy />} onSelect={() => copyText(path, say('copy.path', { place: path }))}>
        {say('tree.copyPath')}
      </MenuItem>
    </>
  );
}
