"""Pages of the equipment, under /admin/work/exams/equipment/."""
