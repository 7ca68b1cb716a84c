import type { Sensitivity } from '../../kernel/facts.ts';

/** Columns by their class of sensitivity. */
type Columns = Readonly<Partial<Record<Sensitivity, string>>>;

/**
 * How sensitive every column of the store is: `public`, open to everyone; `internal`, of the product and its institutions;
 * `personal`, about a person or an account, guarded row by row; `sensitive`, private or said in confidence, and never kept
 * in clear. A column that is missing here, or is here and not in the store, stops the tests.
 */
export const COLUMNS: Readonly<Record<string, Columns>> = {
  access_record: { internal: 'chain seq recorded_at key_id link', personal: 'request_id account_id on_behalf_of delegation_id operation persons kinds count', sensitive: 'purpose' },
  access_rule: { internal: 'row_class role relation' },
  account: { internal: 'id recorded_at', personal: 'issuer subject kind display_name person_id' },
  audit_archive: { internal: 'table_name year chain first_seq last_seq last_link row_count file_name file_hash key_id recorded_at mac' },
  audit_trail: { internal: 'seq recorded_at key_id rulebook_hash link', personal: 'request_id account_id on_behalf_of delegation_id action nodes rule_ids assessment_id', sensitive: 'actor before after' },
  budget: { internal: 'window_start', personal: 'principal kind used' },
  correction: { internal: 'id source_id recorded_at', personal: 'person_id about record_id institution_id jurisdiction_code province_code prefecture_code county_code state submitted_by delegation_id due_on decided_at decided_by', sensitive: 'claim_cipher reason_cipher' },
  course: { internal: 'id title jurisdiction_code province_code prefecture_code county_code institution_id attributes from_on to_on recorded_at source_id source_key superseded_at' },
  credit_ledger: { internal: 'id revision recorded_at source_id', personal: 'person_id entry_id act book jurisdiction_code province_code units completed_on attributes course_id institution_id decides_id source_key' },
  delegation: { internal: 'id recorded_at', personal: 'person_id account_id actions from_at to_at granted_by revoked_at' },
  employment: { internal: 'id recorded_at source_id superseded_at', personal: 'person_id institution_id is_main stage subject name_key jurisdiction_code province_code prefecture_code county_code from_on to_on source_key' },
  idempotency: { internal: 'recorded_at', personal: 'principal_key key fingerprint answer' },
  institution: { internal: 'id name name_key jurisdiction_code province_code prefecture_code county_code recorded_at source_id source_key' },
  institution_property: { internal: 'id institution_id name value from_on to_on recorded_at source_id source_key superseded_at' },
  invitation: { internal: 'id recorded_at', personal: 'person_id invited_by expires_at used_at used_by', sensitive: 'word_hash' },
  jurisdiction: { public: 'code name_zh name_en parent_code' },
  person: { internal: 'id recorded_at source_id', personal: 'name name_key source_key' },
  person_identity: { internal: 'id recorded_at source_id', personal: 'person_id kind source_key', sensitive: 'number_index number_cipher' },
  person_key: { internal: 'source_id recorded_at', personal: 'source_key person_id' },
  person_private: { internal: 'id recorded_at source_id superseded_at', personal: 'person_id name source_key', sensitive: 'value_cipher' },
  person_property: { internal: 'id recorded_at source_id superseded_at', personal: 'person_id name value from_on to_on source_key' },
  person_role: { internal: 'id recorded_at source_id superseded_at', personal: 'person_id role province_code from_on to_on source_key' },
  record_year: { internal: 'table_name year' },
  recording: { internal: 'recorded_at source_id what counts' },
  reveal_count: { internal: 'window_start', personal: 'account_id used' },
  role_grant: { internal: 'id recorded_at', personal: 'account_id role scope_kind institution_id jurisdiction_code province_code prefecture_code county_code from_on to_on granted_by revoked_at revoked_by' },
  rule_setting: { public: 'id jurisdiction_code name version value from_on to_on recorded_at source_id source_key superseded_at' },
  source: { internal: 'id name recorded_at' },
  store_info: { internal: 'name value' },
  stored_assessment: { internal: 'id answer_hash rulebook_hash content_hash engine recorded_at source_id', personal: 'person_id jurisdiction_code province_code subject at law_at known_at verdict source_key account_id', sensitive: 'question answer' },
  stored_rulebook: { public: 'hash content recorded_at' },
};
