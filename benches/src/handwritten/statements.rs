//! The five statements of a page.

/// A page of placements and one more, which tells whether there is another page.
pub(super) const PLACEMENTS: &str = "\
    SELECT id, kind, state, starts_on, ends_on, goal_minutes, is_paid, updated_at, \
           student_id, partner_id, mentor_id \
    FROM placement WHERE district_id = $1 AND id > $2 ORDER BY id LIMIT 51";

/// The students of a page.
pub(super) const STUDENTS: &str =
    "SELECT id, given_name, family_name, grade_level FROM student WHERE id = ANY($1)";

/// The partners of a page.
pub(super) const PARTNERS: &str = "SELECT id, name, kind FROM partner WHERE id = ANY($1)";

/// The mentors of a page.
pub(super) const MENTORS: &str =
    "SELECT id, given_name, family_name FROM partner_contact WHERE id = ANY($1)";

/// The first five days of hours of each placement of a page.
pub(super) const TIME_ENTRIES: &str = "\
    SELECT first.* FROM unnest($1::uuid[]) AS page(id) CROSS JOIN LATERAL ( \
        SELECT placement_id, id, worked_on, minutes, category, state \
        FROM time_entry WHERE placement_id = page.id ORDER BY id LIMIT 5 \
    ) AS first";

/// The key of a district.
pub(super) const DISTRICT: &str = "SELECT id FROM district WHERE slug = $1";
