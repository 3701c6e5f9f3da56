import { useState } from 'react';
import { sumOf } from '../problem/countWords.ts';
import { openDamage } from '../problem/damageLines.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { sayProblem } from '../words/sayProblem.ts';
import { handOutStored } from './handOutStored.ts';
import type { NoticeProps } from './persistenceActor.ts';

/** A few records only were set aside: the app works without them, and they wait to be looked at. */
export function SetAsideNotice({ snapshot, commands }: NoticeProps) {
  const { loaded } = snapshot.context;
  const [folded, setFolded] = useState<object | null>(null);
  const damaged = openDamage(loaded?.damage ?? []).length;
  if (!loaded || damaged === 0 || folded === loaded.damage) return null;
  const sound = sumOf(loaded.state.count);
  return (
    <Banner
      tone="warning"
      title={sayProblem('setAside.title', { count: damaged, total: damaged + sound })}
      actions={
        <>
          <Button size="small" onClick={commands.reviewDamage}>
            {sayProblem('setAside.review')}
          </Button>
          <Button size="small" onClick={() => void handOutStored(commands)}>
            {sayProblem('setAside.download')}
          </Button>
          <Button size="small" look="quiet" onClick={() => setFolded(loaded.damage)}>
            {sayProblem('setAside.later')}
          </Button>
        </>
      }
    >
      {sayProblem('setAside.text', { count: sound })}
    </Banner>
  );
}
