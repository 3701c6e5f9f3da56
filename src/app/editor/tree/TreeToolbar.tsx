import { ChevronsDownUp, ChevronsUpDown, LoaderCircle, Rows3 } from 'lucide-react';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { PaneHeader } from '../../ui/PaneHeader.tsx';
import { say } from '../../words/say.ts';
import type { Tree } from './useTree.ts';

/** What can be done to the tree as a whole. */
export function TreeToolbar({ tree }: { tree: Tree }) {
  return (
    <PaneHeader title={say('tree.title')}>
      {tree.isBehind && (
        <span className="flex items-center gap-1.5 text-xs text-muted-foreground">
          <LoaderCircle aria-hidden="true" className="size-3.5 motion-safe:animate-spin" />
          {say('tree.behind')}
        </span>
      )}
      <Button
        look="quiet"
        size="small"
        aria-pressed={tree.showsEmpty}
        onClick={() => tree.setShowsEmpty(!tree.showsEmpty)}
        className="aria-pressed:bg-accent aria-pressed:text-accent-foreground"
      >
        <Rows3 aria-hidden="true" />
        {say('tree.showEmpty')}
      </Button>
      <IconButton
        size="small"
        label={say('tree.expandAll')}
        icon={<ChevronsUpDown aria-hidden="true" />}
        onClick={() => tree.setAllExpanded(true)}
      />
      <IconButton
        size="small"
        label={say('tree.collapseAll')}
        icon={<ChevronsDownUp aria-hidden="true" />}
        onClick={() => tree.setAllExpanded(false)}
      />
    </PaneHeader>
  );
}
