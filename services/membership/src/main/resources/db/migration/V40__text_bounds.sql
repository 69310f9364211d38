-- As wide as io.siyu.mall.text.TextType allows; sealed texts as the cipher makes them of the longest.
ALTER TABLE members MODIFY avatar_url VARCHAR(2048) NOT NULL;
ALTER TABLE addresses MODIFY receiver_sealed VARCHAR(512) CHARACTER SET ascii COLLATE ascii_bin NOT NULL;
