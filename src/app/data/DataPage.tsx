import { type ReactNode, useId } from 'react';
import { SettingsButton } from '../settings/SettingsButton.tsx';
import { usePageTitle } from '../shell/usePageTitle.ts';
import { Activity } from '../status/Activity.tsx';
import { say } from '../words/say.ts';
import { sayData } from '../words/sayData.ts';
import { ExportButton } from './ExportButton.tsx';
import { GoBackButton } from './GoBackButton.tsx';
import { ImportButton } from './ImportButton.tsx';
import { StoredHere } from './StoredHere.tsx';

/** What is stored here, how to take a copy along, and how to take one in. */
export default function DataPage() {
  usePageTitle(say('page.data'));
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-4 px-3 pt-4 pb-10 sm:px-6">
      <header className="flex flex-col gap-1">
        <h1 tabIndex={-1} className="text-lg font-semibold tracking-tight outline-none">
          {say('page.data')}
        </h1>
        <p className="max-w-prose text-muted-foreground">{sayData('data.lead')}</p>
      </header>
      <Section title={sayData('data.exportTitle')} lead={sayData('data.exportLead')}>
        <ExportButton />
      </Section>
      <Section title={sayData('data.importTitle')} lead={sayData('data.importLead')}>
        <ImportButton />
      </Section>
      <Section
        title={sayData('data.hereTitle')}
        lead={sayData('data.hereLead')}
        below={
          <>
            <StoredHere />
            <div className="-mx-4">
              <Activity />
            </div>
          </>
        }
      >
        <GoBackButton />
        <SettingsButton />
      </Section>
    </div>
  );
}

interface SectionProps {
  title: string;
  lead: string;
  /** What it shows, between its words and its buttons. */
  below?: ReactNode;
  children: ReactNode;
}

function Section({ title, lead, below, children }: SectionProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="flex flex-col gap-3 rounded-xl border border-border bg-card p-4 sm:p-5"
    >
      <div className="flex flex-col gap-1">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        <p className="max-w-prose text-muted-foreground">{lead}</p>
      </div>
      {below}
      <div className="flex flex-wrap items-center gap-2">{children}</div>
    </section>
  );
}
