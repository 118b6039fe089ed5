"""Pages of the staff: the list with its lights, a member's file, training, printing."""
