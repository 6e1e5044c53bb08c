const TIME = "([01]\\d|2[0-3]):[0-5]\\d";
// A leap second is one that exists.
const DATE_TIME = new RegExp(`^(\\d{4}-\\d\\d-\\d\\d)[Tt]${TIME}:([0-5]\\d|60)(\\.\\d+)?([Zz]|[+-]${TIME})$`);

/**
 * Whether the text is an ISO 8601 date and time with its offset, as RFC 3339 narrows it. The same
 * rules as `is_date_time` in src/core/date.rs: both are held against tests/shared/date-times.json.
 */
export const isDateTime = (text: string): boolean => {
  const [, day = ""] = DATE_TIME.exec(text) || [];
  // Date takes the 30th of February for a day in March, or for none.
  return day !== "" && String(new Date(day).toJSON()).startsWith(day);
};
