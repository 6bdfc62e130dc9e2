import type { Generated } from 'kysely';

/** Times are epoch ms (UTC), money is integer micro-USD, booleans are 0 or 1, JSON columns end in `_json`. */
export interface Schema {
  setting: { key: string; value_json: string };
  watched_folder: { id: string; path: string; added_at: number };
  study: {
    id: string;
    study_instance_uid: string;
    source_path: string;
    content_hash: string;
    revision: number;
    patient_name: string | null;
    patient_id: string | null;
    study_date: string | null;
    modality: string | null;
    study_description: string | null;
    attribution: string | null;
    ignored_count: number;
    settled_at: number;
  };
  series: {
    study_id: string;
    series_instance_uid: string;
    modality: string;
    transfer_syntax_uid: string;
    series_number: number | null;
    series_description: string | null;
    instance_count: number;
    spacing_between_slices_mm: number | null;
    chosen: number;
    rejection_code: string | null;
    rejection_text: string | null;
  };
  instance: {
    study_id: string;
    sop_instance_uid: string;
    path: string;
    size_bytes: number;
    pixel_sha256: string;
    header_json: string;
  };
  reading: {
    id: string;
    study_id: string;
    state: string;
    held_for: string | null;
    reason: string | null;
    high_priority: number;
    model_override: string | null;
    relay_name: string | null;
    model_requested: string | null;
    practice: number;
    priority: string;
    crash_count: number;
    received_at: number;
    updated_at: number;
    preparing_ms: number;
    reading_ms: number;
    total_ms: number;
    plan: string;
    mode: string;
    forecast_json: string | null;
    plan_notes_json: string | null;
  };
  transition: {
    id: Generated<number>;
    reading_id: string;
    at: number;
    from_state: string | null;
    to_state: string;
    event: string;
    reason: string | null;
  };
  problem: {
    id: Generated<number>;
    reading_id: string;
    code: string;
    message: string;
    sop_instance_uid: string | null;
    /** 1 when a slice is lost by it: it counts as planned and failed. */
    lost_slice: number;
  };
  slice: {
    reading_id: string;
    slice_index: number;
    sop_instance_uid: string;
    instance_number: number | null;
    position_mm: number;
    state: string;
    reason: string | null;
    /** 1 where the file could not be made into voxels. */
    lost: number;
    columns: number;
    rows: number;
    affine_json: string;
    body_midline_mm: number | null;
  };
  lung_outline: {
    reading_id: string;
    kind: string;
    reason: string | null;
    notes_json: string;
    right_ml: number;
    left_ml: number;
    from_index: number | null;
    to_index: number | null;
    from_mm: number | null;
    to_mm: number | null;
    slice_count: number;
    columns: number;
    rows: number;
    slices: number;
    step_json: string;
    labels_deflated: Uint8Array;
  };
  candidate_search: {
    reading_id: string;
    state: string;
    started_at: number;
    searched_slices: number;
    missed_json: string;
    spacing_note: string | null;
    found_count: number;
    took_ms: number;
  };
  candidate: {
    reading_id: string;
    rank: number;
    candidate_json: string;
    axial_sha256: string | null;
    coronal_sha256: string | null;
    sagittal_sha256: string | null;
  };
  request: {
    id: string;
    reading_id: string;
    ordinal: number;
    nonce: string;
    model: string;
    tile_count: number;
    from_index: number;
    to_index: number;
    state: string;
    purpose: string;
    profile: string;
    mirrored: number;
    reader: number;
  };
  request_picture: { request_id: string; ordinal: number; png_sha256: string; columns: number; rows: number };
  tile: {
    request_id: string;
    number: number;
    picture: number;
    role: string;
    candidate_rank: number | null;
    planned_json: string;
    state: string;
    reason: string | null;
    answer_json: string | null;
    model_served: string | null;
  };
  relay_diagnosis: { relay_id: string; model: string; address: string; at: number; prompt_version: string; result_json: string };
  ladder_lesson: { relay_id: string; model: string; format: string; learnt_at: number };
  attempt: {
    /** Order of writing; wall clocks go back, this does not. */
    sequence: Generated<number>;
    id: string;
    reading_id: string | null;
    request_id: string | null;
    relay_name: string;
    model_requested: string;
    model_served: string | null;
    state: string;
    reserved_at: number;
    sent_at: number | null;
    ended_at: number | null;
    http_status: number | null;
    outcome: string | null;
    input_tokens: number | null;
    cached_input_tokens: number | null;
    output_tokens: number | null;
    reasoning_tokens: number | null;
    image_tokens: number | null;
    usage_source: string | null;
    price_id: string | null;
    cost_micro_usd: number | null;
    max_cost_micro_usd: number;
    cost_source: string;
    billing_month: string;
    billing_day: string;
    response_body: string | null;
  };
  price: {
    id: string;
    model: string;
    input_micro_usd_per_million: number;
    cached_input_micro_usd_per_million: number;
    cache_write_micro_usd_per_million: number;
    output_micro_usd_per_million: number;
    above_prompt_tokens: number | null;
    peak: number;
    effective_from: number;
    source: string;
  };
  token_sample: {
    sequence: Generated<number>;
    relay_id: string;
    model: string;
    at: number;
    forecast_tokens: number;
    reported_tokens: number;
  };
  finding: {
    id: string;
    reading_id: string;
    ordinal: number;
    lobe: string;
    side: string;
    x_mm: number;
    y_mm: number;
    z_mm: number;
    diameter_tenths_mm: number | null;
    attenuation: string;
    priority: string;
    sop_instance_uids_json: string;
    regions_json: string;
    sources_json: string;
    located: string;
    earlier: number;
  };
}
