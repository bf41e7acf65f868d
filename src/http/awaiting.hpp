#pragma once
// Waiting, in a coroutine, for an answer that another thread gives.
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <memory>

namespace aidledger::http {

/// `begin` gets a function to call once, on any thread; the coroutine goes on with its value on `executor`.
template <class T, class Executor>
boost::asio::awaitable<T> answer_of(Executor executor, std::function<void(std::function<void(T)>)> begin) {
  return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>&, void(T)>(
      [executor, begin = std::move(begin)](auto handler) {
        const auto resume = std::make_shared<decltype(handler)>(std::move(handler));
        // The guard keeps the thread running while nothing but this answer is awaited.
        auto guard = boost::asio::make_work_guard(executor);
        begin([executor, resume, guard](T value) {
          boost::asio::post(executor, [resume, value = std::move(value)]() mutable { (*resume)(std::move(value)); });
        });
      },
      boost::asio::use_awaitable);
}

}  // namespace aidledger::http
