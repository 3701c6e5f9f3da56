import { messageTypeOf, normaliseMessageType } from '../../hl7/index.ts';
import type { Template } from '../stores/templates.ts';
import { Field } from '../ui/Field.tsx';
import { say } from '../words/say.ts';
import { isTypeOverridden } from './templateContent.ts';

interface TemplateFieldsProps {
  data: Template;
  name: string;
  nameError: string | undefined;
  isReadOnly: boolean;
  onName: (name: string) => void;
  onEdit: (change: Partial<Template>) => void;
}

/** Name, description, type and tags. The type is read from the content, and can be any other (P12). */
export function TemplateFields({ data, name, nameError, isReadOnly, onName, onEdit }: TemplateFieldsProps) {
  const read = messageTypeOf(data.content);
  const isOverridden = isTypeOverridden(data);
  return (
    <div className="grid gap-x-4 gap-y-3 px-3 py-3 sm:grid-cols-2 sm:px-6 lg:grid-cols-[3fr_4fr_minmax(11rem,1.5fr)_2fr]">
      <Field
        id="template-name"
        label={say('template.name')}
        required
        value={name}
        error={nameError}
        disabled={isReadOnly}
        onChange={(event) => onName(event.target.value)}
      />
      <Field
        label={say('template.description')}
        value={data.description}
        disabled={isReadOnly}
        onChange={(event) => onEdit({ description: event.target.value })}
      />
      <Field
        label={say('template.type')}
        value={normaliseMessageType(data.messageType)}
        disabled={isReadOnly}
        hint={
          isOverridden ? (
            <>
              {say('template.typeChosen', { type: read })}{' '}
              <button
                type="button"
                className="font-medium text-primary underline underline-offset-2"
                onClick={() => onEdit({ messageType: read })}
              >
                {say('template.typeUse', { type: read })}
              </button>
            </>
          ) : (
            say('template.typeRead')
          )
        }
        onChange={(event) => onEdit({ messageType: event.target.value.trim() || read })}
      />
      <TagsField tags={data.tags ?? []} isReadOnly={isReadOnly} onTags={(tags) => onEdit({ tags })} />
    </div>
  );
}

function TagsField({
  tags,
  isReadOnly,
  onTags,
}: {
  tags: readonly string[];
  isReadOnly: boolean;
  onTags: (tags: string[]) => void;
}) {
  return (
    <Field
      label={say('template.tags')}
      placeholder={say('template.tagsHint')}
      defaultValue={tags.join(', ')}
      disabled={isReadOnly}
      onChange={(event) => onTags(tagsIn(event.target.value))}
    />
  );
}

/** Tags as typed, comma between them; each once. */
function tagsIn(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== ''))];
}
