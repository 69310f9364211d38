package io.siyu.mall.gateway.planted.shop;

import io.siyu.mall.gateway.planted.admin.StaffView;
import io.siyu.mall.proto.order.v1.Order;
import java.sql.Connection;

/** Planted: what the architecture rules must find. Nothing uses it. */
public record LeakingView(StaffView staff, Order wire, Connection database) {}
