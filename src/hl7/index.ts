/**
 * The domain: HL7 v2 text and what can be asked of it. Pure; knows nothing of storage or screens.
 *
 * @module
 */

export { pathAt, positionAt, type Span, spanOf } from './codec/caret.ts';
export { areSameDelimiters, DEFAULT_DELIMITERS, type Delimiters, isHeaderName } from './codec/delimiters.ts';
export { encode } from './codec/encode.ts';
export { decode, type Token, tokenise } from './codec/escape.ts';
export { isBatchSegment, type Message, messageSpans, messagesOf, parseMessage } from './codec/messages.ts';
export {
  dictionaryKeyOf,
  messageTypeOf,
  normaliseMessageType,
  UNKNOWN_MESSAGE_TYPE,
} from './codec/messageType.ts';
export { joinForClipboard, type LineEnding, toCanonical, toFileText, toText } from './codec/output.ts';
export { isHeader, type ParsedText, parse, type Segment } from './codec/parse.ts';
export { childrenOf, fieldsOf, isDivided, type Level, type Part } from './codec/parts.ts';
export { formatPath, type Path, parsePath } from './codec/path.ts';
export { locate, type Place, type Position, pathOf } from './codec/position.ts';
export { isNull, type Reading, read, readPart, valueAt } from './codec/read.ts';
export { reparse } from './codec/reparse.ts';
export { isSegmentName } from './codec/segmentName.ts';
export type { ComponentInfo, Dictionary, FieldInfo } from './dictionary/dictionary.ts';
export {
  loadDictionary,
  loadMessageInfos,
  loadTables,
  type MessageInfo,
  type Tables,
} from './dictionary/load.ts';
export { componentName, fieldName, nameAt } from './dictionary/names.ts';
export {
  DEFAULT_VERSION,
  DICTIONARY_VERSIONS,
  type DictionaryVersion,
  dictionaryVersionOf,
} from './dictionary/versions.ts';
export { compareMessages, type MessageComparison, type SameField } from './diff/compareMessages.ts';
export type { Difference, Side, Versions } from './diff/difference.ts';
export type { TextPiece } from './diff/partTree.ts';
export { type CompleteDelimiters, changeDelimiters } from './edit/changeDelimiters.ts';
export { type Change, type Edit, type Edited, edited, type Refusal, type Refused } from './edit/edit.ts';
export { LAST_POSITION } from './edit/place.ts';
export { addRepetition, moveRepetition, removeRepetition } from './edit/repetitions.ts';
export { addSegment, moveSegment, removeSegment } from './edit/segments.ts';
export { setValue, setWire } from './edit/setValue.ts';
export { type Hit, isPathQuery, SEARCH_LIMIT, type SearchResult, searchMessage } from './search/search.ts';
export { type BatchOptions, toBatchFile } from './text/batch.ts';
export { otherCharacterSet } from './text/characterSet.ts';
export { identifyingVariables } from './text/identifyingVariables.ts';
export { findLostBreaks } from './text/lostBreaks.ts';
export { identifyingSpans, maskText } from './text/mask.ts';
export { type OpenedText, openText, type Removed } from './text/open.ts';
export { isPatientLike, patientLikeFields } from './text/patientLike.ts';
export { type NumberOf, testValueFor, withTestValues } from './text/withTestValues.ts';
export type { Condition, CustomRule } from './validation/customRules.ts';
export {
  type AdjustableCode,
  type Issue,
  type IssueCode,
  SEVERITIES,
  type Severity,
} from './validation/issue.ts';
export { type ValidationContext, validate, validateOutput } from './validation/validate.ts';
export { type Filled, type Filling, fillPlaceholders, isUnfilled } from './variables/fill.ts';
export { countPlaceholders, nextFreeGroup, type Occurrence, occurrencesOf } from './variables/occurrences.ts';
export {
  colourOf,
  findPlaceholders,
  LAST_GROUP,
  PLACEHOLDER,
  type Placeholder,
  placeholderId,
} from './variables/placeholder.ts';
export { type FieldNames, type Variable, variablesOf } from './variables/variables.ts';
