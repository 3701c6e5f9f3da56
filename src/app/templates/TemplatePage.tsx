import { FileQuestion } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { useDocument, usePersisted, usePersistence } from '../../react/index.ts';
import { NEW_TEMPLATE_PATH, templatePath } from '../routes.ts';
import { usePageTitle } from '../shell/usePageTitle.ts';
import { templates } from '../stores/templates.ts';
import { buttonClass } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { SkeletonBar, useIsSlow } from '../ui/Skeleton.tsx';
import { say } from '../words/say.ts';
import { createTemplate } from './createTemplate.ts';
import { TemplateForm } from './TemplateForm.tsx';

/**
 * The page of one template: an existing one, or a draft that is not in the list yet.
 *
 * `/templates/new` begins a draft. It gets its own address with the first thing typed into it, so that a reload goes
 * on with it; until then nothing of it is kept.
 */
export default function TemplatePage() {
  const { id: address = '' } = useParams<{ id: string }>();
  const isNew = `/templates/${address}` === NEW_TEMPLATE_PATH;
  const persistence = usePersistence();
  const [, navigate] = useLocation();
  const list = usePersisted(templates);
  const [createdId, setCreatedId] = useState<string | null>(null);
  const id = isNew ? (createdId ?? '') : decodeURIComponent(address);
  const document = useDocument(templates, id);
  usePageTitle(say(isNew || isDraftOf(document) ? 'page.newTemplate' : 'page.template'));

  const canCreate = list.kind === 'ready' && !list.readOnly;
  const mustCreate = isNew && createdId === null && canCreate;
  useEffect(() => {
    if (mustCreate) setCreatedId(createTemplate(persistence, {}));
  }, [mustCreate, persistence]);

  const isTouched = document.kind === 'open' && document.data.updatedAt !== undefined;
  useEffect(() => {
    if (isNew && isTouched) navigate(templatePath(id), { replace: true });
  }, [isNew, isTouched, id, navigate]);

  if (isNew && list.kind === 'ready' && list.readOnly) return <NotHere />;
  if (document.kind === 'loading' || (isNew && document.kind === 'missing')) return <FormSkeleton />;
  if (document.kind === 'missing') return <NotHere />;
  return (
    <TemplateForm
      key={id}
      id={id}
      data={document.data}
      isDraft={document.isDraft}
      isReadOnly={document.readOnly}
    />
  );
}

function isDraftOf(document: { kind: string; isDraft?: boolean }): boolean {
  return document.isDraft === true;
}

function NotHere() {
  return (
    <div className="flex flex-1 flex-col items-center justify-center">
      <h1 className="sr-only">{say('page.template')}</h1>
      <EmptyState
        icon={<FileQuestion />}
        title={say('template.missing')}
        actions={
          <>
            <Link href="/templates" className={buttonClass('primary')}>
              {say('template.toList')}
            </Link>
            <Link href={NEW_TEMPLATE_PATH} className={buttonClass()}>
              {say('templates.new')}
            </Link>
          </>
        }
      >
        {say('template.missingHint')}
      </EmptyState>
    </div>
  );
}

function FormSkeleton() {
  const isSlow = useIsSlow();
  return (
    <div aria-busy="true" className="flex flex-1 flex-col gap-4 p-6">
      <h1 className="sr-only">{say('page.template')}</h1>
      {isSlow && (
        <>
          <p role="status" className="sr-only">
            {say('start.loading')}
          </p>
          <SkeletonBar className="w-1/3" />
          <SkeletonBar className="w-2/3" />
          <SkeletonBar className="mt-8 w-11/12" />
          <SkeletonBar className="w-7/12" />
        </>
      )}
    </div>
  );
}
