"""What stands above a text -> its title, who wrote it, when, for whom, and whose text it is."""
