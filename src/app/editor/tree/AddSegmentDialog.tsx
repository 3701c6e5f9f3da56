import { type FormEvent, useState } from 'react';
import { addSegment, isSegmentName } from '../../../hl7/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { useSlot } from '../../ui/slot.ts';
import { say } from '../../words/say.ts';
import { addSegmentRequest } from './addSegmentRequest.ts';
import { applyEdit } from './editTree.ts';

/** Asks for the name of a new segment. */
export function AddSegmentDialog() {
  const request = useSlot(addSegmentRequest);
  const [name, setName] = useState('');
  const [wasTried, setTried] = useState(false);
  const close = (): void => {
    addSegmentRequest.set(null);
    setName('');
    setTried(false);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!request || !isSegmentName(name)) return;
    const { workspace, index } = request;
    const parsed = workspace.model.current();
    const separator = parsed.segments[index - 1]?.delimiters.field ?? '|';
    applyEdit(workspace, addSegment(parsed, index, name + separator), { position: { segment: index } });
    close();
  };
  return (
    <Dialog
      title={say('tree.addSegmentAfter', { place: request?.after ?? '' })}
      isOpen={request !== null}
      onClose={close}
    >
      <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
        <Field
          label={say('tree.segmentName')}
          hint={say('tree.segmentNameHint')}
          value={name}
          maxLength={3}
          onChange={(event) => setName(event.target.value.toUpperCase())}
          error={wasTried && !isSegmentName(name) ? say('tree.segmentNameInvalid') : undefined}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={close}>{say('dialog.cancel')}</Button>
          <Button look="primary" type="submit">
            {say('tree.addSegmentDo')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
