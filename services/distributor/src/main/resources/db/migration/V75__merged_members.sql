-- One person who had two members: accounts.merged_into says who goes on, and so does the row that
-- is the lock of a buyer.
ALTER TABLE accounts ADD KEY accounts_merged (merged_into);

ALTER TABLE buyers
  ADD COLUMN merged_into BINARY(16) NULL,
  ADD KEY buyers_merged (merged_into);
