/**
 * Whether words without any JSON are a polite refusal, in the languages that models answer in.
 *
 * @param text - A model's words; only their beginning is looked at.
 * @see facts/relay.md 4.4
 */
export function soundsLikeRefusal(text: string): boolean {
  const beginning = text.slice(0, 2000).replaceAll('\u2019', "'");
  return refusals.some((pattern) => pattern.test(beginning));
}

const refusals: readonly RegExp[] = [
  /\b(i|we)('m| am| are)? (sorry|afraid)\b/i,
  /\b(i|we) (can't|cannot|can not|won't|will not|am unable to|'m unable to|am not able to|'m not able to|must decline|decline to)\b/i,
  /\b(i'm|i am) (unable|not able|not qualified|not a (doctor|radiologist|medical professional|physician))\b/i,
  /\bas an ai\b/i,
  /\bnot (intended|suitable|designed) (for|to) .{0,40}\b(medical|diagnos|clinical)/i,
  /\bconsult (a|your|with a) .{0,30}(radiologist|physician|doctor|professional)\b/i,
  /(抱歉|对不起|無法|无法(提供|协助|分析|诊断|帮助)|不能(提供|协助|诊断)|我不是医生|作为(一个|一名)?(AI|人工智能))/,
  /\b(lo siento|no puedo|no me es posible|como (una )?ia)\b/i,
  /\b(je suis désolé|je ne peux pas|je ne suis pas en mesure|en tant qu'ia)/i,
  /\b(es tut mir leid|ich kann (das |dies |diese |ihnen )?(leider )?nicht|leider kann ich)\b/i,
  /\b(desculpe|não posso|sinto muito)\b/i,
  /\b(mi dispiace|non posso)\b/i,
  /(申し訳(ありません|ございません)|できません|お答えできません)/,
  /(죄송합니다|할 수 없습니다|제공할 수 없)/,
  /(извините|к сожалению|я не могу)/i,
];
