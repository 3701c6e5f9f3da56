/** Why a file is not taken, what to do about it, and what is odd about one that is. Fetched with the import. */
export const refusalMessages = {
  'refusal.too-large': 'It is larger than 64 MB.',
  'refusal.empty-file': 'It is empty.',
  'refusal.compressed-file': 'It is compressed.',
  'refusal.wrong-encoding': 'It is text in another encoding than UTF-8.',
  'refusal.invalid-utf8': 'It is not UTF-8 text.',
  'refusal.not-json': 'It is no export: its text is not JSON, and no HL7 message.',
  'refusal.cut-off': 'It ends in the middle.',
  'refusal.too-deep': 'It is nested deeper than any export.',
  'refusal.duplicate-key': 'It holds a name twice, so two programs may read it in two ways.',
  'refusal.dangerous-key': 'It holds a name that no export holds, and that may do harm.',
  'refusal.unsafe-integer': 'It holds a number that can’t be read exactly.',
  'refusal.not-a-bundle': 'It isn’t an export of HL7 Helper.',
  'refusal.wrong-application': 'It is an export of another program.',
  'refusal.bad-version': 'It does not say in which version it was written.',
  'refusal.newer-version': 'It comes from a newer version of HL7 Helper.',
  'refusal.checksum-mismatch': 'It was changed after the export: its checksum does not match.',
  'refusal.schema': 'Something in it has a shape that we don’t know.',

  'advice.export-in-parts': 'Export it again in parts, such as fewer templates at a time.',
  'advice.get-new-copy': 'Ask for a new copy of the export.',
  'advice.unpack': 'Unpack it first, and choose the file that was inside.',
  'advice.save-as-utf8': 'Open it in a text editor and save it as UTF-8.',
  'advice.choose-export': 'Choose a file that was made with Export, or a text with HL7 messages.',
  'advice.update-app': 'Reload this page to get the newest version of the app, then import it again.',
  'advice.undo-edits': 'If someone edited it by hand, take the original.',

  'warning.bad-date': {
    one: '{count} date can’t be believed. The time of the import is used.',
    other: '{count} dates can’t be believed. The time of the import is used.',
  },
  'warning.damaged-apart': {
    one: '{count} record was already damaged at the export. It is not taken.',
    other: '{count} records were already damaged at the export. They are not taken.',
  },
  'warning.dangling-reference': {
    one: '{count} record belongs to a template that is neither here nor in the file.',
    other: '{count} records belong to templates that are neither here nor in the file.',
  },
  'warning.desktop-file': 'This is a template of the desktop program.',
  'warning.duplicate-id': {
    one: '{count} record is in the file twice.',
    other: '{count} records are in the file twice.',
  },
  'warning.empty-part': 'The file says that there were no {store}.',
  'warning.legacy-v0': 'The oldest format, from before there were checksums.',
  'warning.lone-surrogate': {
    one: '{count} text holds half a character. It is kept as it is.',
    other: '{count} texts hold half a character. They are kept as they are.',
  },
  'warning.missing-part': 'The file says nothing about {store}. Those here are left alone.',
  'warning.odd-id': {
    one: '{count} record has an unusual id. It is kept.',
    other: '{count} records have unusual ids. They are kept.',
  },
  'warning.odd-name': {
    one: '{count} name is empty, very long, or holds invisible characters.',
    other: '{count} names are empty, very long, or hold invisible characters.',
  },
  'warning.old-shape': 'Saved in an old shape. It is read as the new one, and nothing is dropped.',
  'warning.plain-text': 'Plain HL7 text: each message becomes a template.',
  'warning.same-content': {
    one: '{count} new record has the content of one that is here under another name or id.',
    other: '{count} new records have the content of some that are here under other names or ids.',
  },
  'warning.too-many': 'More filled-in copies than the Serialize page shows. All of them are kept.',
  'warning.unchecked': {
    one: '{count} part has no checksum that could be compared.',
    other: '{count} parts have no checksum that could be compared.',
  },
  'warning.unknown-choice': 'A setting has a value that this version does not know. It is kept.',
  'warning.unknown-member': {
    one: '{count} field that this version does not know.',
    other: '{count} fields that this version does not know.',
  },
  'warning.unknown-store': 'Parts that this version does not know are not taken.',
  'warning.undecided': {
    one: '{count} record was changed in both places. You decide.',
    other: '{count} records were changed in both places. You decide.',
  },
  'warning.unsafe-integer': {
    one: '{count} number is too large to be read exactly.',
    other: '{count} numbers are too large to be read exactly.',
  },
  'warning.unusable': {
    one: '{count} record can’t be used and is left out.',
    other: '{count} records can’t be used and are left out.',
  },
  'warning.withheld': {
    one: '{count} setting that would send data somewhere is never taken from a file.',
    other: '{count} settings that would send data somewhere are never taken from a file.',
  },
  'warning.named': '{text} ({names})',
  'warning.of': '{store}: {text}',
} as const;
