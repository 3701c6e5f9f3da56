import type { Template } from './templates.ts';

/** The parts of an example that are not the same for all of them. */
type Example = Pick<Template, 'id' | 'name' | 'messageType'> & { readonly segments: readonly string[] };

/** People, places and numbers are plainly invented; none could belong to someone (hl7.md 10). */
const EXAMPLES: readonly Example[] = [
  {
    id: 'default-0',
    name: 'ADT^A01 (Admit)',
    messageType: 'ADT-A01',
    segments: [
      'MSH|^~\\&|TESTADT|TESTWARD|TESTRECEIVER|TESTHOSPITAL|20260105093000||ADT^A01^ADT_A01|HELPERVARIABLE1|P|2.5|||AL|NE||UNICODE UTF-8',
      'EVN|A01|20260105093000',
      'PID|1||HELPERVARIABLE2^^^TESTHOSPITAL^MR~0000000000^^^TESTREGISTRY^PI||TESTPERSON^ADA^B^^^^L||19000101|F|||1 TEST STREET^^TESTTOWN^^00000^^H||^PRN^PH^^^000^0000000',
      'NK1|1|TESTRELATIVE^BEN^^^^^L|SPO^Spouse^HL70063|2 TEST STREET^^TESTTOWN^^00000^^H|^PRN^PH^^^000^0000001',
      'PV1|1|I|HELPERVARIABLE3^101^1^TESTHOSPITAL||||0001^TESTDOCTOR^CARA^^^^^^TESTHOSPITAL|||MED||||7|||0001^TESTDOCTOR^CARA^^^^^^TESTHOSPITAL|IP|HELPERVARIABLE4^^^TESTHOSPITAL^VN|||||||||||||||||||||||||20260105093000',
      'AL1|1|DA^Drug allergy^HL70127|TEST01^TESTALLERGEN^L|MO|TEST REACTION',
    ],
  },
  {
    id: 'default-1',
    name: 'ORU^R01 (Observation Result)',
    messageType: 'ORU-R01',
    segments: [
      'MSH|^~\\&|TESTLAB|TESTLABORATORY|TESTRECEIVER|TESTHOSPITAL|20260105101500||ORU^R01^ORU_R01|HELPERVARIABLE1|P|2.5|||AL|NE||UNICODE UTF-8',
      'PID|1||HELPERVARIABLE2^^^TESTHOSPITAL^MR||MÜSTERTEST^ÖZGE^^^^^L||19000202|F|||Prüfstraße 3&Prüfstraße&3^^TESTSTÄDT^^00000^^H',
      'PV1|1|O|TESTCLINIC^^^TESTHOSPITAL',
      'ORC|RE|0000001^TESTORDER|0000002^TESTLAB||CM',
      'OBR|1|0000001^TESTORDER|0000002^TESTLAB|TEST-BC^Blood count^L|||20260105094500|||||||||0001^TESTDOCTOR^CARA||||||20260105101000||HM|F',
      'OBX|1|NM|TEST-HB^Haemoglobin^L||HELPERVARIABLE3|g/L^gram per litre^UCUM|120-160|N|||F|||20260105100000',
      'OBX|2|NM|TEST-WBC^Leukocytes^L||6.1|10*9/L^^UCUM|4.0-10.0|N|||F|||20260105100000',
      'OBX|3|TX|TEST-REM^Remark^L||Sample was slightly haemolysed.\\.br\\Please repeat if the result is doubted.||||||F',
      'NTE|1|L|Measured twice\\.br\\Mean value reported',
    ],
  },
  {
    id: 'default-2',
    name: 'ORM^O01 (Order)',
    messageType: 'ORM-O01',
    segments: [
      'MSH|^~\\&|TESTORDERENTRY|TESTWARD|TESTRIS|TESTRADIOLOGY|20260105110000||ORM^O01^ORM_O01|HELPERVARIABLE|P|2.5|||AL|NE||UNICODE UTF-8',
      'PID|1||HELPERVARIABLE1^^^TESTHOSPITAL^MR||TESTPERSON^DORA^^^^^L||19000303|F|||4 TEST STREET^^TESTTOWN^^00000^^H',
      'PV1|1|I|TESTWARD^102^2^TESTHOSPITAL||||0002^TESTDOCTOR^EMIL',
      'ORC|NW|HELPERVARIABLE2^TESTORDER|||||^^^20260105120000^^R||20260105110000|0003^TESTCLERK^FAY||0002^TESTDOCTOR^EMIL',
      'OBR|1|HELPERVARIABLE2^TESTORDER||TEST-CXR^Chest x-ray\\T\\report^L|||||||||Suspected test finding|||0002^TESTDOCTOR^EMIL||||||||RAD',
      'DG1|1||TEST01^TEST DIAGNOSIS^L||20260105|W',
    ],
  },
];

/**
 * The three examples, as new records. Order follows the list.
 *
 * @param createdAt  milliseconds since 1970
 */
export function exampleTemplates(createdAt: number): Template[] {
  return EXAMPLES.map(({ segments, ...example }) => ({
    ...example,
    description: 'Standard Example',
    content: segments.join('\r'),
    createdAt,
  }));
}
