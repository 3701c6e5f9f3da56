import { usePersisted } from '../../react/index.ts';
import { SpaceUsed } from '../status/SpaceUsed.tsx';
import { templates } from '../stores/templates.ts';
import { say } from '../words/say.ts';
import { sayData } from '../words/sayData.ts';

/** How much is saved in this browser, and how much room there is. */
export function StoredHere() {
  const view = usePersisted(templates);
  const records = view.kind === 'ready' ? view.records : null;
  const drafts = records?.filter(({ isDraft }) => isDraft).length ?? 0;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
      <dt className="text-muted-foreground">{sayData('data.stored')}</dt>
      <dd>
        {records === null
          ? sayData('data.counting')
          : [
              say('templates.count', { count: records.length - drafts }),
              drafts > 0 && sayData('data.drafts', { count: drafts }),
            ]
              .filter(Boolean)
              .join(', ')}
      </dd>
      <dt className="text-muted-foreground">{sayData('data.space')}</dt>
      <dd>
        <SpaceUsed />
      </dd>
    </dl>
  );
}
